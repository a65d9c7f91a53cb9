<?php
/**
 * Plugin Name: Clinic Search
 * Description: The search box of {{ php(clinic.name) }}, wherever a page or a widget area says [clinic_search].
 * Version:     1.0
 * License:     MIT
 */
defined( 'ABSPATH' ) || exit;

add_shortcode( 'clinic_search', function ( $attributes ) {
	$service = '{{ php(service) }}';
	$words   = shortcode_atts( array( 'label' => '{{ php(say("search_label")) }}', 'button' => '{{ php(say("search_button")) }}' ), $attributes );
	wp_enqueue_script( 'clinic-search', $service . 'widget.js', array(), null, array( 'strategy' => 'async' ) );
	return sprintf(
		'<clinic-search label="%2$s"><form action="%1$s" method="post"><label>%2$s <input name="q"></label> <button>%3$s</button></form></clinic-search>',
		esc_url( $service ), esc_attr( $words['label'] ), esc_html( $words['button'] )
	);
} );
